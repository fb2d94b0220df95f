/** The one door to Matrix: types for all, and the session that makes everything else. */
export type * from './details.ts';
export type * from './feed.ts';
export type * from './home.ts';
export { createSession } from './session.ts';
export { Troubled, troubleOf } from './trouble.ts';
export type * from './types.ts';
