// "A retry after a failure is a fresh request": it asks for another number until it reads an answer.
const { RINGUP_BASE_URL: base, RINGUP_API_KEY: key } = process.env;

for (let attempt = 1; attempt <= 3; attempt += 1) {
  try {
    const answer = await fetch(`${base}/v1/phone-numbers/purchase`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ profileId: "profile_abc123", country: "US", allowMultiple: true }),
    });
    if (answer.ok) {
      console.log((await answer.json()).phoneNumber.phoneNumber);
      process.exit(0);
    }
  } catch (error) {
    console.log(`attempt ${attempt}: ${error.message}`);
  }
}
process.exit(1);
