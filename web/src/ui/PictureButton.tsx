import { Trans, useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import { Button } from './Button.tsx';
import { Fault } from './Fault.tsx';
import { squarePicture } from './picture.ts';
import { useAct } from './useAct.ts';

interface PictureButtonProps {
    /** Whether there is a picture that can be taken away. */
    has: boolean;
    onPicture: (picture: Blob | null) => Promise<void>;
}

/** Chooses, changes or takes away the picture of a person or a group. */
export function PictureButton({ has, onPicture }: PictureButtonProps) {
    const { t } = useLingui();
    const input = useRef<HTMLInputElement>(null);
    const [unreadable, setUnreadable] = useState(false);
    const { run, busy, trouble } = useAct(onPicture);
    const choose = async (file: File | undefined) => {
        setUnreadable(false);
        if (!file) {
            return;
        }
        const picture = await squarePicture(file).catch(() => undefined);
        if (picture) {
            await run(picture);
        } else {
            setUnreadable(true);
        }
    };
    return (
        <div className="stack-2">
            <div className="row wrap">
                <input
                    ref={input}
                    type="file"
                    accept="image/*"
                    hidden
                    aria-label={t`Photo`}
                    onChange={(event) => {
                        void choose(event.target.files?.[0]);
                        event.target.value = '';
                    }}
                />
                <Button small isDisabled={busy} onPress={() => input.current?.click()}>
                    {has ? <Trans>Change the photo</Trans> : <Trans>Add a photo</Trans>}
                </Button>
                {has ? (
                    <Button small look="quiet" isDisabled={busy} onPress={() => void run(null)}>
                        <Trans>Take the photo away</Trans>
                    </Button>
                ) : null}
            </div>
            {unreadable ? (
                <p className="error-text" role="alert">
                    <Trans>This file is not a picture that can be shown. Choose another.</Trans>
                </p>
            ) : null}
            <Fault trouble={trouble} />
        </div>
    );
}
