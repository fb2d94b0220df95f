import { type DragEvent, useRef, useState } from 'react';

/** Files dragged over something and let go there. */
export function useDrop(onFiles: (files: readonly File[]) => void) {
    const [over, setOver] = useState(false);
    const depth = useRef(0);
    const holdsFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
    const step = (by: number) => {
        depth.current = Math.max(0, depth.current + by);
        setOver(depth.current > 0);
    };
    return {
        over,
        handlers: {
            onDragEnter: (event: DragEvent) => {
                if (holdsFiles(event)) step(1);
            },
            onDragLeave: (event: DragEvent) => {
                if (holdsFiles(event)) step(-1);
            },
            onDragOver: (event: DragEvent) => {
                if (holdsFiles(event)) event.preventDefault();
            },
            onDrop: (event: DragEvent) => {
                if (!holdsFiles(event)) return;
                event.preventDefault();
                step(-depth.current);
                onFiles([...event.dataTransfer.files]);
            },
        },
    };
}
