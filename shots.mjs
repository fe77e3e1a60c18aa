import { chromium } from 'playwright-core';
import { spawn } from 'node:child_process';
const child = spawn(process.execPath, ['out/main/cli.js', 'serve', '--port', '0', '--folder', '/tmp/w2/dcgan/shotdata'], { env: { ...process.env, EXTRAPOLATION_RUNS: '/tmp/w2/dcgan/shotruns' }, stdio: ['ignore','pipe','pipe'] });
let said=''; const url = await new Promise((r) => { const h=(t)=>{said+=t; const m=/http:\/\/\S+/.exec(said)?.[0]; if(m) r(m);}; child.stdout.on('data',h); child.stderr.on('data',h); });
console.log(url);
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const p = await b.newPage({ viewport: { width: 1440, height: 900 } });
p.on('console', (m) => { if (m.type()==='error') console.log('ERR', m.text()); });
p.on('pageerror', (e) => console.log('PAGEERR', e.message));
p.setDefaultTimeout(120000);
await p.goto(url); await p.waitForTimeout(6000);
const base = p.url().split('#')[0];
console.log(p.url());
for (const [name, addr, wait] of [['train','#/train?run=gan',8000],['new','#/train?view=new&run=gan',4000],['explore','#/explore?run=gan',15000],['channels','#/channels?run=gan',15000],['intervene','#/intervene?run=gan',25000],['analyse','#/analyse?run=gan',60000],['export','#/export?run=gan',12000]]) {
  if (process.argv[2] && !process.argv.slice(2).includes(name)) continue;
  await p.goto(base + addr); await p.waitForTimeout(wait);
  if (name==='new') { await p.getByText('DCGAN', { exact: true }).first().click().catch((e)=>console.log(e.message)); await p.waitForTimeout(800); }
  await p.screenshot({ path: `/tmp/w2/dcgan/shots/${name}.png` });
  console.log(name, p.url());
}
await b.close(); child.kill('SIGTERM');
