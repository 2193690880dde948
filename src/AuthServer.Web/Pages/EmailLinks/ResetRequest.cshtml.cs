using System.Globalization;
using AuthServer.Core.Logs;
using AuthServer.Core.Mail;
using AuthServer.Core.Model;
using AuthServer.Core.Tickets;
using AuthServer.Core.Users;
using AuthServer.Web.Mail;
using AuthServer.Web.Pages.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Pages.EmailLinks;

/// <summary>
/// Asks for an email with a link to set another password. The answer is the same for every name
/// (docs/security.md#emails-and-tickets-asvs-637-64).
/// </summary>
public sealed class ResetRequestModel(
    InteractionParts parts, ITicketStore tickets, IAttemptCounters counters, IEmailSender post) : InteractionPage(parts)
{
    public string Username { get; private set; } = "";

    public bool Sent { get; private set; }

    /// <summary>Key of the text of the error; null without one.</summary>
    public string? Problem { get; private set; }

    /// <summary>No email can be sent, or no database lets its users reset their passwords.</summary>
    public bool Closed => !post.IsOpen || !WithReset.Any();

    public void OnGet() =>
        Username = Authorization.Parameters["login_hint"] is { Length: <= LoginIdentifier.MaxLength } hint ? hint : "";

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Username = Request.Posted("username").Trim();
        if (Closed)
            return Page();
        if (Username.Length is 0 or > LoginIdentifier.MaxLength)
            Problem = "Signup.NotAnAddress";
        else if (!await counters.TryTakeAsync(MailBudgets.OfAddress(RemoteAddress), Now, ct))
            Problem = "Forgot.TooMany";
        else
            await AskAsync(ct);
        await RecordAsync(
            Sent ? LogEventTypes.PasswordChangeRequest : LogEventTypes.FailedPasswordChangeRequest,
            new LogEvent { Description = Problem, UserName = LoginIdentifier.IsEmail(Username) ? Username : null });
        return Page();
    }

    private async Task AskAsync(CancellationToken ct)
    {
        await tickets.AskAsync(new PasswordResetRequest
        {
            Id = Guid.CreateVersion7(Now),
            Connections = [.. WithReset.Select(connection => connection.Name)],
            Identifier = LoginIdentifier.Normalize(Username),
            ClientId = Authorization.Client.ClientId,
            WaitingSignIn = Handle,
            Language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
            Issuer = Authorization.Tenant.Issuer.Value,
            CreatedAt = Now,
            NextTryAt = Now,
        }, ct);
        Sent = true;
    }
}
