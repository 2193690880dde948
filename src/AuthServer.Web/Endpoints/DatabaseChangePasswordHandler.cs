using System.Globalization;
using AuthServer.Core.Clients;
using AuthServer.Core.Connections;
using AuthServer.Core.Logs;
using AuthServer.Core.Mail;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Core.Tickets;
using AuthServer.Core.Users;
using AuthServer.Protocol.Hosting;
using AuthServer.Web.Formats;
using AuthServer.Web.Mail;

namespace AuthServer.Web.Endpoints;

/// <summary>Answers <c>POST /dbconnections/change_password</c> before it is known whether the user exists.</summary>
internal sealed class DatabaseChangePasswordHandler(
    Tenant tenant,
    IClientStore clients,
    IConnectionStore connections,
    ITicketStore tickets,
    IAttemptCounters counters,
    IEmailSender post,
    IEventLog events,
    TimeProvider time)
{
    private static readonly LegacyError NoReset =
        new("password_reset_disabled", "Users of this connection don't reset their passwords.");

    public async Task<IResult> HandleAsync(HttpContext http, CancellationToken ct)
    {
        var (request, refusal) = await DatabaseRequest.ReadAsync(http.Request, clients, connections, ct);
        if (request is null)
            return refusal!;
        if (DatabaseOptions.Of(request.Connection).DisablesPasswordReset)
            return NoReset;
        if (!post.IsOpen)
            return new LegacyError(
                "mail_not_configured", "This server has no mail server, so that no email can be sent.");
        var asked = (request.Text("email") is { Length: > 0 } email ? email : request.Text("username")).Trim();
        if (asked.Length is 0 or > LoginIdentifier.MaxLength)
            return new LegacyError("invalid_request", "Missing required parameter: email or username");
        var now = time.GetUtcNow();
        if (!await counters.TryTakeAsync(
                MailBudgets.OfAddress(ClientAddress.Of(http.Connection.RemoteIpAddress)), now, ct))
        {
            await events.RecordAsync(
                LogEventTypes.FailedPasswordChangeRequest,
                About(request, asked) with
                {
                    Description = "Too many emails were requested",
                });
            http.Response.Headers.RetryAfter = MailBudgets
                .OfAddress("")[0]
                .Window.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return LegacyError.TooMany("Too many emails were requested from this address. Try again later.");
        }

        await tickets.AskAsync(new PasswordResetRequest
        {
            Id = Guid.CreateVersion7(now),
            Connections = [request.Connection.Name],
            Identifier = LoginIdentifier.Normalize(asked),
            ClientId = request.Client.ClientId,
            Language = EmailTexts.LanguageOf(tenant.Settings).Name,
            Issuer = tenant.Issuer.Value,
            CreatedAt = now,
            NextTryAt = now,
        }, ct);
        await events.RecordAsync(LogEventTypes.PasswordChangeRequest, About(request, asked));
        return Results.Text("We've just sent you an email to reset your password.", "text/html; charset=utf-8");
    }

    private static LogEvent About(DatabaseRequest request, string asked) =>
        request.Event with { UserName = LoginIdentifier.IsEmail(asked) ? asked : null };
}
