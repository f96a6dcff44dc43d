// The worker that measures relaxation times. tfjs is loaded here, not on the page.
import * as Comlink from 'comlink';
import { RelaxationStudy } from './relaxationStudy';

Comlink.expose(new RelaxationStudy());
