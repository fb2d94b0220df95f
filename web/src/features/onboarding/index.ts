/** The first five minutes: set up, sign in, be invited, set a new password. */
export { Onboarding } from './ui/Onboarding.tsx';
export { SignInAgain } from './ui/SignInAgain.tsx';
