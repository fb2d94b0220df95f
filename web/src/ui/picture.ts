const SIDE = 640;
const QUALITY = 0.86;

/**
 * A picture of a person or a group: the middle square, drawn anew, so that what a camera writes into
 * its files does not come along. Rejects what the browser cannot draw.
 */
export async function squarePicture(file: Blob): Promise<Blob> {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    try {
        const from = Math.min(picture.width, picture.height);
        const side = Math.min(SIDE, from);
        const canvas = new OffscreenCanvas(side, side);
        const context = canvas.getContext('2d');
        if (!context) {
            throw new Error('no canvas');
        }
        context.fillStyle = '#fff'; // JPEG has no transparency.
        context.fillRect(0, 0, side, side);
        const left = (picture.width - from) / 2;
        const top = (picture.height - from) / 2;
        context.drawImage(picture, left, top, from, from, 0, 0, side, side);
        return await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
    } finally {
        picture.close();
    }
}
