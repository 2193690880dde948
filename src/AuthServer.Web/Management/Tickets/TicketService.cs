using System.Linq.Expressions;
using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Core.Tickets;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Storage.Tickets;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Tickets;

/// <summary>Links that the caller delivers: to confirm an address, to set a password.</summary>
internal sealed class TicketService(
    AuthDbContext db,
    TenantWrites writes,
    PrivilegeEscalationGuard guard,
    IssuedTickets tickets,
    Tenant tenant,
    TimeProvider time)
{
    public static ManagementException NoAddress => ManagementException.Invalid("The user has no e-mail address");

    public async Task<JsonObject> VerifyEmailAsync(JsonBody body, ManagementPrincipal caller, CancellationToken ct)
    {
        body.Require("user_id");
        var asked = new TicketBody();
        TicketBody.VerifyEmail.Apply(body, asked, Change.Create);
        var user = await FindAsync(u => u.UserId == asked.UserId, ct);
        return user.Email is null
            ? throw NoAddress
            : await IssueAsync(user, asked, TicketKinds.VerifyEmail, caller, ct);
    }

    public async Task<JsonObject> ChangePasswordAsync(
        JsonBody body, ManagementPrincipal caller, CancellationToken ct)
    {
        var asked = new TicketBody();
        TicketBody.ChangePassword.Apply(body, asked, Change.Create);
        if (!asked.NamesOneUser)
            throw ManagementException.Invalid("Expected either user_id, or email and connection_id");

        var email = asked.Email is null ? null : LoginIdentifier.Normalize(asked.Email);
        var user = asked.UserId is not null
            ? await FindAsync(u => u.UserId == asked.UserId, ct)
            : await FindAsync(
                u => u.NormalizedEmail == email
                    && db.Connections.Any(c => c.Id == asked.ConnectionId && c.Name == u.Connection),
                ct);
        return await db.PasswordCredentials.AnyAsync(c => c.UserId == user.UserId, ct)
            ? await IssueAsync(user, asked, TicketKinds.ResetPassword, caller, ct)
            : throw ManagementException.Invalid("The user has no password");
    }

    private async Task<User> FindAsync(Expression<Func<User, bool>> which, CancellationToken ct) =>
        await db.Users.AsNoTracking().Include(u => u.Identities).FirstOrDefaultAsync(which, ct)
        ?? throw UserService.Missing;

    private async Task<JsonObject> IssueAsync(
        User user,
        TicketBody asked,
        string kind,
        ManagementPrincipal caller,
        CancellationToken ct)
    {
        asked.EnsureIdentityOf(user);
        await EnsureAllowedResultAsync(asked, ct);
        var (ticket, value) = Ticket.For(user, asked.Terms(kind), time.GetUtcNow());
        await using var write = await writes.BeginAsync(ct);
        await guard.EnsureUserNotBeyondAsync(caller, user.UserId, ct);
        await tickets.ReplaceAsync(ticket, null, ct);
        await write.SaveAsync(ct);
        return new JsonObject { ["ticket"] = TicketLink.Of(tenant.Issuer, ticket, value) };
    }

    /// <summary>No open redirect: the browser goes to a URL that the application, or the tenant, lists.</summary>
    private async Task EnsureAllowedResultAsync(TicketBody asked, CancellationToken ct)
    {
        var client = asked.ClientId is null
            ? null
            : await db.Clients.AsNoTracking().SingleOrDefaultAsync(c => c.ClientId == asked.ClientId, ct)
                ?? throw ManagementException.Invalid("The client does not exist", "client_id");
        if (asked.ResultUrl is not { } url)
            return;
        string?[] allowed =
        [
            .. tenant.Settings.AllowedLogoutUrls,
            tenant.Settings.DefaultRedirectionUri,
            .. client?.Callbacks ?? [],
            .. client?.AllowedLogoutUrls ?? [],
            client?.InitiateLoginUri,
        ];
        if (!allowed.Contains(url, StringComparer.Ordinal))
        {
            throw ManagementException.Invalid(
                "Must be one of the allowed_logout_urls of the tenant, or with client_id a callback or an allowed "
                + "logout URL of the client",
                "result_url");
        }
    }
}
