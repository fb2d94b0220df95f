import { KeyList } from './KeyList.tsx';

export function KeysPage() {
    return <KeyList />;
}
