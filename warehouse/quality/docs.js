function showAllValidations() { document.body.classList.remove("failed-only"); }
function hideSucceededValidations() { document.body.classList.add("failed-only"); }
