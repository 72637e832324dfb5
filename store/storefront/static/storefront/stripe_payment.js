// Wallets and the fields of a card, which Stripe draws in frames of its own: no number of a card reaches this shop.
const form = document.querySelector("form[data-stripe-key]");
const problem = form.querySelector("[data-error]");
const button = form.querySelector("button[type=submit]");

const show = (text) => {
  problem.textContent = text;
  problem.hidden = !text;
};

const wait = (is) => {
  button.toggleAttribute("disabled", is);
  button.setAttribute("aria-busy", String(is));
};

form.hidden = false;
if (!window.Stripe) {
  button.hidden = true;
  show(form.dataset.unreachable);
} else {
  const stripe = window.Stripe(form.dataset.stripeKey, { locale: form.dataset.language });
  const elements = stripe.elements({ clientSecret: form.dataset.clientSecret });
  elements.create("payment").mount(form.querySelector("[data-fields]"));

  // The wallets of this browser (Apple Pay, Google Pay), as the merchant's account at Stripe allows them; none, and nothing shows.
  const wallets = elements.create("expressCheckout");
  wallets.on("ready", ({ availablePaymentMethods }) => {
    form.querySelector("[data-express]").hidden = !availablePaymentMethods;
  });
  wallets.on("confirm", (event) => pay().then((isPaid) => isPaid || event.paymentFailed?.({ reason: "fail" })));
  wallets.mount(form.querySelector("[data-wallets]"));

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    pay();
  });

  async function pay() {
    show("");
    wait(true);
    // Another tab may have paid, or begun another payment, since this page was drawn.
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
    if (!answer) {
      show(form.dataset.unreachable);
      wait(false);
      return false;
    }
    if (answer.status !== 204) {
      location.reload();
      return false;
    }
    const { error } = await stripe.confirmPayment({
      elements, clientSecret: form.dataset.clientSecret, confirmParams: { return_url: form.dataset.returnUrl },
    });
    show(error.message ?? form.dataset.unreachable); // without an error Stripe has led on to the address of return
    wait(false);
    return false;
  }
}
