/** The panel's style inside an app: isolated from the app's own style in both directions. */
export const PANEL_STYLE = `
:host { all: initial; }
aside, .pill { position: fixed; z-index: 2147483000; right: 12px; box-sizing: border-box; color-scheme: light dark;
  border: 1px solid light-dark(#dfe1e6, #2d323d); background: light-dark(#fff, #191c23); color: light-dark(#1a1d24, #e8eaf0);
  font: 13px/1.45 system-ui, sans-serif; box-shadow: 0 8px 32px rgb(0 0 0 / .2); }
aside { top: 12px; bottom: 12px; width: min(22rem, calc(100vw - 24px)); padding: 12px; overflow: auto; border-radius: 10px; }
.pill { bottom: 12px; padding: 6px 12px; border-radius: 20px; cursor: pointer; }
header { display: flex; align-items: center; gap: 4px; } header b { margin-right: auto; font-size: 14px; }
p { margin: 8px 0; } ol, ul { margin: 0; padding: 0; list-style: none; }
li { display: grid; gap: 4px; padding: 8px 0; border-top: 1px solid light-dark(#dfe1e6, #2d323d); overflow-wrap: anywhere; }
small { color: light-dark(#5b6270, #a0a8b8); }
.actions { display: flex; flex-wrap: wrap; gap: 4px; align-items: center; }
button, select { min-height: 24px; padding: 1px 8px; border: 1px solid light-dark(#dfe1e6, #2d323d); border-radius: 5px;
  background: light-dark(#f7f7f8, #111318); color: inherit; font: inherit; cursor: pointer; }
select { max-width: 11rem; }
:focus-visible { outline: 2px solid light-dark(#b83d14, #ff8f66); outline-offset: 1px; }
.state { margin-right: 8px; font-weight: 650; }
.pending { color: light-dark(#565f71, #aab3c5); } .processing { color: light-dark(#0b62a8, #7cc0ff); }
.complete { color: light-dark(#00694b, #3ecf9f); } .canceled { color: light-dark(#a23c00, #ffab75); }
.problem, .broken { padding: 8px; border-left: 3px solid light-dark(#b3261e, #ff9a8f); background: light-dark(#fde7e4, #451a15); }
`;
