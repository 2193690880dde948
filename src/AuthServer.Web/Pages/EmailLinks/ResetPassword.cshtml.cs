using System.Globalization;
using AuthServer.Core.Actions;
using AuthServer.Core.Clients;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
using AuthServer.Web.Mail;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Pages.EmailLinks;

/// <summary>Sets another password by the link of an email. It does not sign the user in (ASVS 6.4.3).</summary>
public sealed class ResetPasswordModel(
    TicketParts parts,
    PasswordValidator validator,
    IPasswordHashing passwords,
    IKnownBrowser browser,
    Emails emails,
    IActionTriggers actions)
    : TicketPage(parts, TicketKinds.ResetPassword, LogEventTypes.PasswordChange, LogEventTypes.FailedPasswordChange)
{
    /// <summary>Key of the text of the error; null without one.</summary>
    public string? Problem { get; private set; }

    public PasswordPolicy Policy { get; private set; } = PasswordPolicy.Default;

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await OpenAsync(ct);
        if (Live is not { Ticket: var ticket, User: var user })
            return await FinishAsync(spent: false, ct);
        var password = Request.Posted("password");
        if (await validator.ValidateAsync(password, user, ct) is { } unfit)
        {
            Problem = "Signup.Password." + unfit.Problem;
            return Page();
        }

        var hash = await passwords.HashAsync(password, ct);
        var notice = emails.PasswordChanged(user.Email, CultureInfo.CurrentUICulture, Now);
        var isReset = await Tickets.TryResetPasswordAsync(ticket, hash, notice, Now, ct);
        if (isReset)
        {
            browser.Remember(user.UserId);
            await actions.PostChangePasswordAsync(user, ct);
        }

        return await FinishAsync(isReset, ct);
    }

    protected override async Task OpenAsync(CancellationToken ct)
    {
        await base.OpenAsync(ct);
        if (Live is { User: var user })
            Policy = await validator.FindPolicyAsync(user, ct);
    }

    protected override string AnotherPath(Issuer issuer) => AccountApplication.ForgottenPath;
}
