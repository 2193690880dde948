using System.Text.Json.Nodes;
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
internal static class TicketEndpoints
{
    public static void MapTickets(this RouteGroupBuilder api)
    {
        api.MapPost("/tickets/email-verification", VerifyEmailAsync).RequireScope("create:user_tickets");
        api.MapPost("/tickets/password-change", ChangePasswordAsync).RequireScope("create:user_tickets");
    }

    private static async Task<IResult> VerifyEmailAsync(
        JsonBody body, AuthDbContext db, TicketDesk desk, CancellationToken ct)
    {
        var asked = new TicketBody();
        if ((body.Missing("user_id") ?? TicketBody.VerifyEmail.Apply(body, asked, Change.Create)) is { } malformed)
            return malformed;
        if (await FindAsync(db, u => u.UserId == asked.UserId, ct) is not { } user)
            return UserEndpoints.Missing;
        return user.Email is null ? NoAddress : await desk.IssueAsync(user, asked, TicketKinds.VerifyEmail, ct);
    }

    private static async Task<IResult> ChangePasswordAsync(
        JsonBody body, AuthDbContext db, TicketDesk desk, CancellationToken ct)
    {
        var asked = new TicketBody();
        if (TicketBody.ChangePassword.Apply(body, asked, Change.Create) is { } malformed)
            return malformed;
        if (asked.UserId is null == (asked.Email is null || asked.ConnectionId is null)
            || (asked.UserId is not null && (asked.Email ?? asked.ConnectionId) is not null))
            return ManagementError.InvalidBody(
                new ValidationError("Expected either user_id, or email and connection_id", ""));

        var email = asked.Email is null ? null : LoginIdentifier.Normalize(asked.Email);
        var found = asked.UserId is not null
            ? await FindAsync(db, u => u.UserId == asked.UserId, ct)
            : await FindAsync(
                db,
                u =>
                    u.NormalizedEmail == email
                    && db.Connections.Any(c => c.Id == asked.ConnectionId && c.Name == u.Connection),
                ct);
        if (found is not { } user)
            return UserEndpoints.Missing;
        return await db.PasswordCredentials.AnyAsync(c => c.UserId == user.UserId, ct)
            ? await desk.IssueAsync(user, asked, TicketKinds.ResetPassword, ct)
            : ManagementError.InvalidBody(new ValidationError("The user has no password"));
    }

    public static ManagementError NoAddress { get; } =
        ManagementError.InvalidBody(new ValidationError("The user has no e-mail address"));

    private static Task<User?> FindAsync(
        AuthDbContext db,
        System.Linq.Expressions.Expression<Func<User, bool>> which,
        CancellationToken ct) => db.Users.AsNoTracking().Include(u => u.Identities).FirstOrDefaultAsync(which, ct);

    /// <summary>Checks where the link leads in the end, and makes it.</summary>
    internal sealed class TicketDesk(
        AuthDbContext db,
        TenantWrites writes,
        IssuedTickets tickets,
        Tenant tenant,
        TimeProvider time)
    {
        public async Task<IResult> IssueAsync(User user, TicketBody asked, string kind, CancellationToken ct)
        {
            if (asked.RefuseIdentity(user) is { } other)
                return other;
            if (await RefuseEndAsync(asked, ct) is { } refused)
                return refused;
            var (ticket, value) = Ticket.For(user, asked.Terms(kind), time.GetUtcNow());
            await using var write = await writes.BeginAsync(ct);
            await tickets.ReplaceAsync(ticket, letter: null, ct);
            await write.SaveAsync(ct);
            return Results.Json(
                new JsonObject { ["ticket"] = TicketLink.Of(tenant.Issuer, ticket, value) },
                statusCode: StatusCodes.Status201Created);
        }

        /// <summary>No open redirect: the browser goes to a URL that the application, or the tenant, lists.</summary>
        private async Task<ManagementError?> RefuseEndAsync(TicketBody asked, CancellationToken ct)
        {
            var client = asked.ClientId is null
                ? null
                : await db.Clients.AsNoTracking().SingleOrDefaultAsync(c => c.ClientId == asked.ClientId, ct);
            if (asked.ClientId is not null && client is null)
                return ManagementError.InvalidBody(new ValidationError("The client does not exist", "client_id"));
            if (asked.ResultUrl is not { } url)
                return null;
            string?[] allowed =
            [
                .. tenant.Settings.AllowedLogoutUrls,
                tenant.Settings.DefaultRedirectionUri,
                .. client?.Callbacks ?? [],
                .. client?.AllowedLogoutUrls ?? [],
                client?.InitiateLoginUri,
            ];
            return allowed.Contains(url, StringComparer.Ordinal)
                ? null
                : ManagementError.InvalidBody(
                    new ValidationError(
                        "Must be one of the allowed_logout_urls of the tenant, or with client_id a callback or an "
                            + "allowed logout URL of the client",
                        "result_url"));
        }
    }
}
