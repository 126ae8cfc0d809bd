/** What Jobs are changed by. */
export const STEP = 'one';
