import { useRoute } from '../../../ui/route.ts';
import { Invited } from './Invited.tsx';
import { Reset } from './Reset.tsx';
import { SetUp } from './SetUp.tsx';
import { SignIn } from './SignIn.tsx';

/** What somebody who is not signed in sees: by the link that led here, or the sign-in. */
export function Onboarding({ hasEnded }: { hasEnded?: boolean | undefined }) {
    const { path, query } = useRoute();
    const token = query.get('token') ?? '';
    switch (path[0]) {
        case 'setup':
            return <SetUp token={token} />;
        case 'register':
            return <Invited token={token} />;
        case 'reset':
            return <Reset token={token} />;
        default:
            return <SignIn hasEnded={hasEnded} />;
    }
}
