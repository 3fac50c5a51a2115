-- What wrk sends, told by the environment, and its figures as one line that pages.py reads:
-- pages a second, p50 and p99 in ms, answers that were not 2xx or never came.
wrk.method = os.getenv("BENCH_METHOD") or "GET"
wrk.body = os.getenv("BENCH_BODY")
wrk.headers["Cookie"] = os.getenv("BENCH_COOKIE")
wrk.headers["Accept-Encoding"] = os.getenv("BENCH_ENCODING")
if wrk.body then wrk.headers["Content-Type"] = "application/x-www-form-urlencoded" end

function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("\nbench %.1f %.3f %.3f %d\n", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    e.status + e.connect + e.read + e.write + e.timeout))
end
