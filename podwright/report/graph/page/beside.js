// Where an arrow key leads.

const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** How much nearer a related card is than any other, to the left and to the right. */
const RELATED = 100_000;

/**
 * The key of the card that the focus goes to.
 * @param cards the places of the cards by their keys, in reading order
 * @param related the keys of those that the first is related to
 * @returns undefined where there is none, or the pressed key leads nowhere
 */
export function beside(cards, from, related, pressed) {
  const keys = [...cards.keys()];
  if (pressed === 'Home') return keys[0];
  if (pressed === 'End') return keys.at(-1);
  const direction = DIRECTIONS[pressed];
  if (!direction) return undefined;
  const [dx, dy] = direction;
  const start = cards.get(from);
  // A lane's head is as wide as its text, and stands at the left.
  const middle = ({ x, y, width, height }) => [x + (start.isHead ? 0 : width / 2), y + height / 2];
  const [x, y] = middle(start);
  let best;
  let least = Number.POSITIVE_INFINITY;
  for (const [key, card] of cards) {
    const [atX, atY] = middle(card);
    const ahead = (atX - x) * dx + (atY - y) * dy;
    if (key === from || ahead < 4) continue;
    const aside = Math.abs(dx === 0 ? atX - x : atY - y);
    const cost = ahead + aside * (dx === 0 ? 2 : 3) - (dx !== 0 && related.has(key) ? RELATED : 0);
    if (cost < least) [best, least] = [key, cost];
  }
  return best;
}
