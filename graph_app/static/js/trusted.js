// Leaflet asks once, when it loads, whether the browser draws SVG, with this piece of mark-up. Nothing else may become any.
window.trustedTypes?.createPolicy("default", { createHTML: (text) => (text === "<svg/>" ? text : null) });
