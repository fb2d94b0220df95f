// A photo as a camera makes it, with a place in it that nobody should see.

/** A JPEG of 640 by 400 whose Exif part holds the words. */
export async function photo(page, hidden) {
    const bytes = await page.evaluate(async () => {
        const canvas = new OffscreenCanvas(640, 400);
        const pen = canvas.getContext('2d');
        pen.fillStyle = '#2c4a66';
        pen.fillRect(0, 0, 640, 400);
        pen.fillStyle = '#c88f74';
        pen.fillRect(0, 250, 640, 150);
        const blob = await canvas.convertToBlob({ type: 'image/jpeg' });
        return [...new Uint8Array(await blob.arrayBuffer())];
    });
    const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), Buffer.from(hidden)]);
    const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
    const made = Buffer.from(bytes);
    return Buffer.concat([made.subarray(0, 2), head, exif, made.subarray(2)]);
}
