export { EditorView, keymap, lineNumbers, highlightSpecialChars, drawSelection, placeholder } from "@codemirror/view";
export { EditorState, Compartment } from "@codemirror/state";
export { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
export { StreamLanguage, syntaxHighlighting, HighlightStyle, bracketMatching } from "@codemirror/language";
export { autocompletion, completionKeymap, closeBrackets } from "@codemirror/autocomplete";
export { linter, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
export { cypher } from "@codemirror/legacy-modes/mode/cypher";
export { tags } from "@lezer/highlight";
