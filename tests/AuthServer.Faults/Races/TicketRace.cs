using AuthServer.Core;
using AuthServer.TestKit;

namespace AuthServer.Faults.Races;

/// <summary>Link of an email: its ticket does one thing once (ASVS 6.4.3).</summary>
internal sealed class TicketRace(
    Deployment deployment,
    Administrator administrator,
    string clientId,
    string kind,
    string button) : IRace
{
    private const string Password = "four unrelated words here";

    public static Task<IRace> OpenResetAsync(Deployment deployment) =>
        OpenAsync(deployment, "password-change", "reset-submit");

    public static Task<IRace> OpenVerificationAsync(Deployment deployment) =>
        OpenAsync(deployment, "email-verification", "verify-submit");

    public async Task<Heat> PrepareAsync()
    {
        var user = await administrator.UserAsync($"{OpaqueToken.Hex(12)}@example.com", Password);
        var ticket = Administrator.Text(
            await administrator.PostAsync(
                $"tickets/{kind}",
                new
                {
                    user_id = user,
                    client_id = clientId,
                    result_url = Person.Callback,
                }),
            "ticket");
        using var browser = new Browser(deployment.Address);
        await browser.OpenAsync(ticket);
        if (browser.Input("password") is not null)
            browser.Fill("password", "four other words there");
        var submission = browser.Submission(button);
        return new Heat(
            _ => submission(),
            (racer, reply) =>
                reply.Location?.OriginalString.StartsWith(Person.Callback, StringComparison.Ordinal) == true
                    ? $"{racer}"
                    : null,
            reply => reply.Status is System.Net.HttpStatusCode.OK);
    }

    private static async Task<IRace> OpenAsync(Deployment deployment, string kind, string button)
    {
        var administrator = await Administrator.SignInAsync(deployment);
        var (id, _) = await administrator.ClientAsync(
            new
            {
                name = "Application",
                app_type = "regular_web",
                callbacks = new[] { Person.Callback },
            });
        return new TicketRace(deployment, administrator, id, kind, button);
    }
}
