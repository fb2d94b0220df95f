import { describe, expect, it } from 'vitest';
import { decrypt, encrypt } from './attachments.ts';

const plain = new TextEncoder().encode('the traffic plan, version 3').buffer;

describe('an encrypted attachment', () => {
    it('opens as what it was', async () => {
        const { bytes, file } = await encrypt(plain);

        expect(await decrypt(bytes, file)).toEqual(plain);
        expect(new Uint8Array(bytes)).not.toEqual(new Uint8Array(plain));
    });

    it('is not opened when one bit of it changed', async () => {
        const { bytes, file } = await encrypt(plain);
        new Uint8Array(bytes).set([new Uint8Array(bytes)[3]! ^ 1], 3);

        await expect(decrypt(bytes, file)).rejects.toThrow('unsafe');
    });

    it('is not opened without its hash', async () => {
        const { bytes, file } = await encrypt(plain);

        await expect(decrypt(bytes, { ...file, hashes: {} })).rejects.toThrow('unsafe');
        await expect(decrypt(bytes, 'nonsense')).rejects.toThrow('unsafe');
    });

    it('has a counter whose lower half begins at nought', async () => {
        const { file } = await encrypt(plain);
        const iv = Uint8Array.from(atob(String(file.iv)), (char) => char.charCodeAt(0));

        expect([...iv.slice(8)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    });
});
