import { render } from 'preact';

render(<p>Askance</p>, document.body);
