// Everything on the page works without this module; it only adds comfort.
export {};
