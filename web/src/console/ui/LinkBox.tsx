import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '../../ui/Button.tsx';
import { copyText } from '../../ui/copyText.ts';
import { QrCode } from '../../ui/QrCode.tsx';
import { notice } from '../../ui/toasts.ts';
import { useLocale } from '../../ui/useLocale.ts';
import type { Link } from '../model/answers.ts';

/** A link that is shown once: to copy, and as a picture to scan. */
export function LinkBox({ link }: { link: Link }) {
    const { t } = useLingui();
    const locale = useLocale();
    const until = link.expiresAt
        ? new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }).format(
              link.expiresAt,
          )
        : '';
    const copy = async () => {
        notice((await copyText(link.url)) ? t`Copied.` : t`The browser did not allow to copy.`);
    };
    return (
        <div className="stack">
            <p className="note exact">
                <span />
                <span>{link.url}</span>
            </p>
            <div className="row wrap">
                <Button icon="copy" onPress={() => void copy()}>
                    <Trans>Copy the link</Trans>
                </Button>
            </div>
            <QrCode text={link.url} label={t`The link as a picture to scan`} />
            <p className="small muted">
                <Trans>The link is shown only now. Send it over a way that you trust.</Trans>{' '}
                {until ? <Trans>It works until {until}.</Trans> : null}
            </p>
        </div>
    );
}
