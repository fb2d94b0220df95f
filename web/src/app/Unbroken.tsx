import { Trans, useLingui } from '@lingui/react/macro';
import { Component, type ReactNode } from 'react';
import { Desk } from '../ui/Desk.tsx';
import { Icon } from '../ui/Icon.tsx';
import { isLeaving, loadAnew } from '../ui/leaving.ts';

interface State {
    readonly broken: boolean;
}

/** Where a page breaks, says so and offers to load it anew, instead of an empty window. */
export class Unbroken extends Component<{ children: ReactNode }, State> {
    override state: State = { broken: false };

    static getDerivedStateFromError(): State {
        return { broken: true };
    }

    override render(): ReactNode {
        if (!this.state.broken) return this.props.children;
        return isLeaving() ? null : <Broken />;
    }
}

function Broken() {
    const { t } = useLingui();
    return (
        <Desk title={t`This page broke`}>
            <div className="sheet">
                <Icon name="warn" size={32} />
                <div role="alert">
                    <h1>
                        <Trans>This page broke</Trans>
                    </h1>
                    <p className="lead">
                        <Trans>
                            The fault is ours. What you wrote is kept on this device; load the page
                            anew to go on.
                        </Trans>
                    </p>
                </div>
                <button className="btn btn-main" type="button" onClick={() => void loadAnew()}>
                    <Icon name="refresh" />
                    <Trans>Load anew</Trans>
                </button>
            </div>
        </Desk>
    );
}
