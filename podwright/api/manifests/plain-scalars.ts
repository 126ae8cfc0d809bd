/** A number that every YAML reader takes for the same number. */
export const NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/;

/** Begins with what no number, date or indicator begins with. */
const WORDLIKE = /^[A-Za-z/_$(]/;
/** Words that are values to some readers. */
const VALUES = /^(?:y|yes|n|no|true|false|on|off|null)$/i;
/** Amounts and addresses: they begin with a digit, and are no number to any reader. */
const AMOUNT = /^\d+(?:\.\d+)?(?:m|k|[MGTP]|[KMGTPE]i|%|s|h)$|^\d+\.\d+\.\d+(?:\.\d+)?(?:\/\d+)?$/;
/** Begins with a digit, and holds a letter that is in no number, date or exponent: `3fdg`, `1h30m`, `2nd-try`. */
const DIGIT_WORD = /^\d[\w./:-]*[g-nG-Np-sP-Su-wU-WyY][\w./:-]*$/;
/** An address with its port. */
const ADDRESS = /^\d+\.\d+\.\d+\.\d+:\d+$/;
/** A schedule: `0 3 * * *`. */
const SCHEDULE = /^\d[\d,/-]* [\d*,/ -]*\*[\d*,/ -]*$/;
/** What ends a text without quotes, or begins a comment. */
const ENDS = /: | #|[:\s]$|\t/;

/** Whether text without quotes is the same text to every YAML reader. Not all that is so is known to be. */
export function isPlainText(text: string): boolean {
  if (!WORDLIKE.test(text)) return isDigits(text) || (/^-[A-Za-z-]/.test(text) && !ENDS.test(text) && text !== '---');
  return !ENDS.test(text) && !VALUES.test(text);
}

function isDigits(text: string): boolean {
  return (
    AMOUNT.test(text) ||
    (DIGIT_WORD.test(text) && !ENDS.test(text)) ||
    ADDRESS.test(text) ||
    (SCHEDULE.test(text) && !ENDS.test(text))
  );
}
