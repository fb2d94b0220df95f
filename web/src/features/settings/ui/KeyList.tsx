import { useLingui } from '@lingui/react/macro';
import { Switch } from '../../../ui/Choice.tsx';
import { setSingleKeys, useSingleKeys } from '../../../ui/singleKeys.ts';
import { keysFor, SHORTCUTS } from '../model/shortcuts.ts';
import { useShortcutWords } from './useShortcutWords.ts';

/** Every key with what it does, and the switch for those that are one letter. */
export function KeyList() {
    const { t } = useLingui();
    const words = useShortcutWords();
    const singles = useSingleKeys();
    const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
    return (
        <>
            <Switch
                label={t`Single keys`}
                hint={t`Switch them off if you write by voice, or press keys by chance.`}
                on={singles}
                onChange={setSingleKeys}
            />
            <dl className="key-list">
                {SHORTCUTS.filter((one) => singles || !one.single).map((shortcut) => (
                    <div key={shortcut.act}>
                        <dt>{words[shortcut.act]}</dt>
                        <dd>
                            {keysFor(shortcut, isMac).map((key) => (
                                <kbd key={key}>{key}</kbd>
                            ))}
                        </dd>
                    </div>
                ))}
            </dl>
        </>
    );
}
