import { Trans, useLingui } from '@lingui/react/macro';
import type { ChatView, MediaSource, Message } from '../../../matrix/index.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { useLocale } from '../../../ui/useLocale.ts';
import { fullMoment, inOneLine, plainName, stateWords } from '../../timeline/index.ts';

interface InfoDialogProps {
    view: ChatView;
    media: MediaSource;
    message: Message;
    onClose: () => void;
}

/** When a message was sent, how it was protected, and who has read it. */
export function InfoDialog({ view, media, message, onClose }: InfoDialogProps) {
    const { t } = useLingui();
    const locale = useLocale();
    const readers = message.own ? view.readers(message.id) : [];
    return (
        <Dialog title={t`Details`} narrow onClose={onClose}>
            <p className="quote" dir="auto">
                {inOneLine(message)}
            </p>
            <dl className="kv">
                <dt>
                    <Trans>From</Trans>
                </dt>
                <dd>
                    <bdi>{plainName(message.sender.name)}</bdi>{' '}
                    <span className="muted">{message.sender.id}</span>
                </dd>
                <dt>
                    <Trans>Sent</Trans>
                </dt>
                <dd>{fullMoment(message.time, locale)}</dd>
                {message.edited ? (
                    <>
                        <dt>
                            <Trans>Changed</Trans>
                        </dt>
                        <dd>{fullMoment(message.edited.time, locale)}</dd>
                    </>
                ) : null}
                {message.own ? (
                    <>
                        <dt>
                            <Trans>State</Trans>
                        </dt>
                        <dd>{stateWords(message)}</dd>
                    </>
                ) : null}
                <dt>
                    <Trans>Protection</Trans>
                </dt>
                <dd>
                    <Protection
                        message={message}
                        encrypted={view.snapshot().chat?.encrypted ?? false}
                    />
                </dd>
            </dl>
            {message.own ? (
                <section className="stack-2">
                    <h3>
                        <Trans>Read by</Trans>
                    </h3>
                    {readers.length === 0 ? (
                        <p className="muted">
                            <Trans>Nobody yet, as far as their devices tell.</Trans>
                        </p>
                    ) : null}
                    <ul>
                        {readers.map(({ person, time }) => (
                            <li key={person.id} className="person">
                                <Avatar
                                    name={person.name}
                                    tone={person.tone}
                                    size="s"
                                    src={media.thumbnailUrl(person.avatarMxc, 64, 64)}
                                />
                                <bdi className="name">{plainName(person.name)}</bdi>
                                <span className="sub">{fullMoment(time, locale)}</span>
                            </li>
                        ))}
                    </ul>
                </section>
            ) : null}
        </Dialog>
    );
}

function Protection({ message, encrypted }: { message: Message; encrypted: boolean }) {
    if (!encrypted) return <Trans>Not encrypted: the server could read it.</Trans>;
    switch (message.warning) {
        case 'clear':
            return <Trans>It came unencrypted into an encrypted chat.</Trans>;
        case 'unconfirmed-device':
            return <Trans>Encrypted, from a device that its owner has not confirmed.</Trans>;
        case 'unknown-device':
            return <Trans>Encrypted, from a device that is not known any more.</Trans>;
        default:
            return <Trans>Encrypted between the members of the chat.</Trans>;
    }
}
