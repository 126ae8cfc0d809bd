// Elements made of data: text is text, whatever is in it.

/** An element; properties that begin with `on` listen, `class`, `role`, `aria-…` and `data-…` are attributes. */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  set(element, properties);
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

/** An element of a drawing. */
export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

function set(element, properties) {
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'style') for (const [name, text] of Object.entries(value)) element.style.setProperty(name, text);
    else element.setAttribute(key, value === true ? '' : String(value));
  }
}

/** The element of the page that has an id. */
export const byId = (id) => document.getElementById(id);

/** A place, as editors take it. */
export const placeText = ({ file, line }) => `${file}:${line}`;
