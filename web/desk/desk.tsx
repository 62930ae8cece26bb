document.title='desk'; export {};
