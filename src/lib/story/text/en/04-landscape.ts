// Chapter 4 in English.
import type { ChapterText } from '../../chapter';

export default {
	title: 'The landscape',
	summary: 'Each mode’s energy is a saddle; shifted and turned, it is one square up and one square down.',
	terms: {
		E: 'energy of one mode',
		lambda: 'singular value',
		a: 'bias on x',
		b: 'bias on y',
		u: 'stiff coordinate',
		w: 'soft coordinate',
		saddle: 'the saddle point'
	},
	steps: {
		hyperbolas: {
			title: 'Hyperbolas',
			body: [
				'In reciprocal coordinates the energy is a sum of modes that do not know of each other. Each is a function of two numbers, $x_i$ and $y_i$, and its level lines are hyperbolas.',
				'Lines where the energy is above that of the middle have the colour of *stiff*, those below the colour of *soft*. It stays so to the end of the story.'
			],
			see: 'Lines of one colour lie above the energy of the middle, those of the other below; λ packs them closer.',
			ask: {
				question:
					'No biases, $E=-\\lambda xy$ with $\\lambda>0$. In which direction does the energy fall, starting from the middle?',
				options: {
					same: '$x$ and $y$ grow together',
					opposite: '$x$ grows as $y$ falls',
					x: '$x$ alone grows',
					y: '$y$ alone grows'
				},
				answer:
					'Agreement lowers the energy: this is what coupling a visible to a hidden pattern means. Along either axis alone nothing changes.'
			}
		},
		saddle: {
			title: 'The saddle',
			body: [
				'Biases tilt the plane and so move the point where the slope vanishes, the [saddle]{saddle}. It stands at $x^*=-b/\\lambda$, $y^*=-a/\\lambda$: the bias on $x$ decides the height in $y$, and the other way round.',
				'The arrow at the origin is the force $-\\nabla E$ there, with $a$ along $x$ and $b$ along $y$.'
			],
			see: 'Drag the cross or the arrow’s tip: each moves the other, and the hyperbolas never change shape.'
		},
		turn: {
			title: 'Shift, then turn by π/4',
			body: [
				'Measure from the saddle and the linear terms vanish. Turn by $\\pi/4$ and the mixed term does: what is left is a square up along [stiff]{stiff} $u$ and a square down along [soft]{soft} $w$.',
				'Both moves keep lengths and energies. The constant $ab/\\lambda$ stays behind; the slides drop it, which matters for $Z$ though not for any force.'
			],
			see: 'Play or scrub: the violet point is carried along, and its energy keeps every digit.'
		},
		sections: {
			title: 'Up along u, down along w',
			body: [
				'Cut through the saddle. Along $u$ the energy is the parabola $+\\tfrac12\\lambda u^2$, along $w$ its mirror image. Alone it would let $w$ run off: the energy has no floor.',
				'The floor comes from the constraint of chapter 3, which adds about $\\tfrac12\\cdot4/\\beta$ times the square in both directions. The stiff one becomes stiffer than 4, the soft one softer.'
			],
			see: 'Pull the knob on the rising curve: one λ bends both.'
		},
		runaway: {
			title: 'When the coupling fades',
			body: [
				'Hold the biases and lower $\\lambda$: the lines straighten, and the landscape becomes a plain slope. At $\\lambda=0$ it is one, without a saddle; this is so in all $|N-M|$ free directions.',
				'So the saddle is good for looking and bad for expanding. From chapter 5 on everything is expanded about the minimum of $U_{\\text{eff}}$.'
			],
			see: 'Lower λ by the slider or the knob, and follow the cross.',
			ask: {
				question: 'Hold the biases and let $\\lambda$ go to 0. Where does the saddle go?',
				options: {
					origin: 'to the origin',
					stays: 'it stays where it is',
					away: 'off to infinity'
				},
				answer:
					'Its distance is $\\sqrt{a^2+b^2}/\\lambda$: in decades a straight line of slope −1, soon past the farthest vertex.'
			}
		},
		vertices: {
			title: 'Where the machine really is',
			body: [
				'The landscape is drawn everywhere, but the RBM has energies at its vertices only: here the 128 states of a 4×3 machine, seen in the plane of its first mode.',
				'[Balanced]{balanced} biases put the saddle in the middle of the cube. Every bit then is on or off equally often, and the two ends of the soft direction are equally deep.'
			],
			see: 'Balance the biases: the cross jumps into the middle of the grid of rings.'
		}
	},
	figure: {
		planeTitle: 'Energy of one mode',
		planeBlank: 'The landscape appears once you have guessed.',
		planeLabel:
			'Level lines of the energy in the plane of x and y, with the saddle and the bias arrow as handles',
		planeX: 'x',
		planeY: 'y',
		planeU: 'u, stiff',
		planeW: 'w, soft',
		planeSaddle: 'saddle, E = {energy}',
		planeSaddleKnob: 'Saddle',
		planeBias: '(a, b) = ({a}, {b})',
		planeBiasKnob: 'Biases a and b',
		planeProbe: 'Point',
		planeAway: 'saddle at ({x}, {y})',
		planeQuantity: 'quantity',
		planeValue: 'value',
		planeSaddleX: 'saddle x*',
		planeSaddleY: 'saddle y*',
		planeSaddleE: 'saddle E',
		planeProbeX: 'point x',
		planeProbeY: 'point y',
		planeProbeE: 'E from x and y',
		planeProbeAbout: 'E from u and w about the saddle',
		planeNote: 'Exact. Distances are those of x and y, which are numbers without a unit.',
		cutTitle: 'Cuts through the saddle',
		cutAxis: 'distance from the saddle',
		cutEnergy: 'E − ab/λ',
		cutStiff: 'u',
		cutSoft: 'w',
		cutKnob: 'Singular value λ',
		cutNote: 'λ = {lambda}. Exact.',
		awayTitle: 'Distance of the saddle from the origin',
		awayLambda: 'λ',
		awayDistance: 'distance',
		awayLine: 'distance',
		awayReach: 'farthest vertex',
		awayKnob: 'Singular value λ',
		awayNote: 'At λ = {lambda} the distance is {distance}, exact.',
		awayNever: 'Without biases the saddle stays at the origin for every λ. Drag the arrow.',
		lambda: 'Singular value λ',
		a: 'Bias a on x',
		b: 'Bias b on y',
		progress: 'Shift and turn',
		stageXY: 'x and y',
		stageShift: 'shift',
		stageTurn: 'turn',
		stageMark: 'shifted',
		play: 'Play',
		pause: 'Pause',
		vertices: 'Vertices of the machine',
		balance: 'Balance the biases'
	},
	glossary: {
		saddle: {
			term: 'Saddle',
			text: 'The point where the energy has no slope but rises one way and falls the other.'
		},
		stiff: {
			term: 'Stiff direction',
			text: '$u=(x-y)/\\sqrt2$: here the coupling adds the curvature $\\beta\\lambda$ to that of the constraint.'
		},
		soft: {
			term: 'Soft direction',
			text: '$w=(x+y)/\\sqrt2$: here the coupling takes the curvature $\\beta\\lambda$ away. At $\\beta\\lambda=4$ nothing is left.'
		},
		balanced: {
			term: 'Balanced biases',
			text: '$a_0=-\\tfrac12W\\mathbf1$ and $b_0=-\\tfrac12W^{\\mathsf T}\\mathbf1$: turning every bit over changes no energy, so every mean is $\\tfrac12$.'
		}
	}
} satisfies ChapterText;
