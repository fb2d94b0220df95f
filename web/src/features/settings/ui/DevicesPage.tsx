import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useEffect, useState } from 'react';
import { type Device, type Home, type Trouble, troubleOf } from '../../../matrix/index.ts';
import { Button } from '../../../ui/Button.tsx';
import { Fault } from '../../../ui/Fault.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { notice } from '../../../ui/toasts.ts';
import { useLocale } from '../../../ui/useLocale.ts';
import { useView } from '../../../ui/useView.ts';
import { RenameDialog } from './RenameDialog.tsx';
import { Group } from './Settings.tsx';
import { SignOutDevices } from './SignOutDevices.tsx';

/** Where one is signed in. */
export function DevicesPage({ home }: { home: Home }) {
    const { t } = useLingui();
    const { devices, trouble, look } = useDevices(home);
    const [leaving, setLeaving] = useState<readonly Device[]>();
    const [renaming, setRenaming] = useState<Device>();
    if (!devices) {
        return trouble ? (
            <>
                <Fault trouble={trouble} />
                <Button onPress={look}>
                    <Trans>Try again</Trans>
                </Button>
            </>
        ) : (
            <p role="status">{t`Looking for your devices`}</p>
        );
    }
    const others = devices.filter((device) => !device.own);
    const own = devices.filter((device) => device.own);
    return (
        <>
            <ThisOne home={home} />
            <Group title={t`This device`}>
                <ul className="stack-2">
                    {own.map((device) => (
                        <Row key={device.id} device={device} onRename={() => setRenaming(device)} />
                    ))}
                </ul>
            </Group>
            {others.length > 0 ? (
                <Group title={t`Other devices`}>
                    <p className="muted small">
                        <Trans>
                            Sign out what you don’t know, and change your password. It can’t read
                            what comes afterwards.
                        </Trans>
                    </p>
                    <ul className="stack-2">
                        {others.map((device) => (
                            <Row
                                key={device.id}
                                device={device}
                                onRename={() => setRenaming(device)}
                                onSignOut={() => setLeaving([device])}
                            />
                        ))}
                    </ul>
                    <div className="row">
                        <Button icon="door" onPress={() => setLeaving(others)}>
                            <Trans>Sign out all others</Trans>
                        </Button>
                    </div>
                </Group>
            ) : null}
            {leaving ? (
                <SignOutDevices
                    home={home}
                    devices={leaving}
                    onClose={() => setLeaving(undefined)}
                    onDone={() => {
                        notice(t`Signed out.`);
                        setLeaving(undefined);
                        look();
                    }}
                />
            ) : null}
            {renaming ? (
                <RenameDialog
                    home={home}
                    device={renaming}
                    onClose={() => setRenaming(undefined)}
                    onDone={() => {
                        setRenaming(undefined);
                        look();
                    }}
                />
            ) : null}
        </>
    );
}

function useDevices(home: Home) {
    const [devices, setDevices] = useState<readonly Device[]>();
    const [trouble, setTrouble] = useState<Trouble>();
    const { state } = useView(home.security);
    // biome-ignore lint/correctness/useExhaustiveDependencies: a confirmation changes the list.
    const look = useCallback(() => {
        setTrouble(undefined);
        home.devices().then(setDevices, (fault: unknown) => setTrouble(troubleOf(fault)));
    }, [home, state]);
    useEffect(look, [look]);
    return { devices, trouble, look };
}

/** What is to be done about this device, when it is not confirmed. */
function ThisOne({ home }: { home: Home }) {
    const { state } = useView(home.security);
    if (state !== 'unconfirmed') {
        return null;
    }
    return (
        <div className="note warn">
            <Icon name="warn" />
            <div>
                <b>
                    <Trans>This device is not confirmed.</Trans>
                </b>{' '}
                <Trans>
                    Earlier messages stay closed here, and others’ devices give it no keys. Confirm
                    it from another of your devices, or with your recovery code.
                </Trans>
            </div>
        </div>
    );
}

interface RowProps {
    device: Device;
    onRename: () => void;
    onSignOut?: () => void;
}

function Row({ device, onRename, onSignOut }: RowProps) {
    const { t } = useLingui();
    return (
        <li className="device">
            <Icon name={/Android|iOS|phone/i.test(device.name) ? 'mobile' : 'laptop'} size={24} />
            <div className="grow">
                <p className="name">
                    <bdi>{device.name}</bdi>
                </p>
                <p className="small muted">
                    <Seen device={device} />
                </p>
                <p className="small">
                    <Confirmed device={device} />
                </p>
            </div>
            <div className="row wrap">
                <Button small look="quiet" aria-label={t`Rename ${device.name}`} onPress={onRename}>
                    <Trans>Rename</Trans>
                </Button>
                {onSignOut ? (
                    <Button small aria-label={t`Sign out ${device.name}`} onPress={onSignOut}>
                        <Trans context="another device">Sign out</Trans>
                    </Button>
                ) : null}
            </div>
        </li>
    );
}

function Seen({ device }: { device: Device }) {
    const locale = useLocale();
    const { lastSeen, lastAddress } = device;
    if (device.own) {
        return <Trans>In use now</Trans>;
    }
    if (!lastSeen) {
        return <Trans>Not seen yet</Trans>;
    }
    const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(lastSeen);
    return lastAddress ? (
        <Trans>
            Last seen on {day}, from {lastAddress}
        </Trans>
    ) : (
        <Trans>Last seen on {day}</Trans>
    );
}

function Confirmed({ device }: { device: Device }) {
    if (!device.encrypts) {
        return <Trans>Can’t read encrypted messages</Trans>;
    }
    return device.confirmed ? (
        <span className="tag ok">
            <Icon name="check" size={14} />
            <Trans>Confirmed</Trans>
        </span>
    ) : (
        <span className="tag warn">
            <Icon name="warn" size={14} />
            <Trans>Not confirmed</Trans>
        </span>
    );
}

/** How many, in words; for the dialog. */
export function CountOfDevices({ count }: { count: number }) {
    return <Plural value={count} one="Sign out # device" other="Sign out # devices" />;
}
