/** Photos, videos, sound and files, looked at over the whole window. */
export { type Shown, Viewer } from './ui/Viewer.tsx';
