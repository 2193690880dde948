using System.Globalization;
using AuthServer.Core.Actions;
using AuthServer.Core.Clients;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Core.Sessions;
using AuthServer.Core.Users;
using AuthServer.Protocol.Hosting;
using AuthServer.Web.Http;
using AuthServer.Web.Mail;
using AuthServer.Web.Sessions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Pages.Account;

/// <summary>
/// A user sets another password, with the old one (ASVS 6.2.3). Every other session and every token ends, and this
/// browser continues under a new cookie (ASVS 7.2.4).
/// </summary>
public sealed class AccountPasswordModel(
    BrowserSession session,
    PasswordLogin login,
    IPasswordStore store,
    IPasswordHashing passwords,
    PasswordValidator validator,
    Emails emails,
    IEventLog events,
    IActionTriggers actions,
    TimeProvider time)
    : PageModel
{
    public SignedIn SignedIn { get; private set; } = null!;

    /// <summary>Key of the text of the error; null without one.</summary>
    public string? Problem { get; private set; }

    public PasswordPolicy Policy { get; private set; } = PasswordPolicy.Default;

    public bool CurrentIsTheProblem => Problem == WrongCurrent;

    private const string WrongCurrent = "Password.WrongCurrent";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await OpenAsync(ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await OpenAsync(ct) is { } elsewhere)
            return elsewhere;
        var (user, now) = (SignedIn.User, time.GetUtcNow());
        var password = Request.Posted("password");
        var address = ClientAddress.Of(HttpContext.Connection.RemoteIpAddress);
        if (await login.ConfirmAsync(user, Request.Posted("current"), address, now, ct) is not { } verified)
            return await RefuseAsync(WrongCurrent);
        if (await validator.ValidateAsync(password, user, ct) is { } unfit)
            return await RefuseAsync("Signup.Password." + unfit.Problem);

        var notice = emails.PasswordChanged(user.Email, CultureInfo.CurrentUICulture, now);
        if (!await store.TryChangeAsync(
                verified,
                await passwords.HashAsync(password, ct),
                SignedIn.Session.Id,
                notice,
                now,
                ct))
            return await RefuseAsync(WrongCurrent);
        await events.RecordAsync(
            LogEventTypes.PasswordChange, new LogEvent { Connection = SignedIn.Session.Connection }.By(user));
        await actions.PostChangePasswordAsync(user, ct);

        // A reset since then has ended this session too: the redirect leads to the login.
        await session.TryStartAsync(
            new PasswordSignIn(user, SignedIn.Session.Connection, verified with { SetAt = now }), ct);
        return new EndpointResult(Redirects.To(AccountApplication.Path + "?" + AccountModel.PasswordIsNew));
    }

    private async Task<IActionResult?> OpenAsync(CancellationToken ct)
    {
        if (await session.FindAsync(ct) is not { } signedIn)
            return new EndpointResult(Redirects.To(AccountApplication.SignInPath));
        SignedIn = signedIn;
        Policy = await validator.FindPolicyAsync(signedIn.User, ct);
        return null;
    }

    private async Task<IActionResult> RefuseAsync(string problem)
    {
        Problem = problem;
        await events.RecordAsync(
            LogEventTypes.FailedPasswordChange,
            new LogEvent { Description = problem, Connection = SignedIn.Session.Connection }.By(SignedIn.User));
        return Page();
    }
}
