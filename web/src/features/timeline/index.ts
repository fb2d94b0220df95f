/** The conversation as it is read; its words for messages serve the list and the composer too. */
export { plainName } from './model/safeHtml.ts';
export { bars } from './model/waveform.ts';
export { clockTime, dayHeading, duration, fileSize, fullMoment, listTime } from './model/when.ts';
export { MessageText } from './ui/MessageText.tsx';
export { Timeline, TypingWords } from './ui/Timeline.tsx';
export { saveAs, useMedia } from './ui/useMedia.ts';
export { Wave } from './ui/VoiceNote.tsx';
export {
    inOneLine,
    peopleInWords,
    spoken,
    stateWords,
    systemLine,
    troubleLine,
} from './ui/words.ts';
