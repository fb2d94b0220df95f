/** The recovery code, the second device, and what happens when keys are missing. */
export { SecurityBanner } from './ui/SecurityBanner.tsx';
export { SecurityGate } from './ui/SecurityGate.tsx';
