using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Organizations;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Web.Mail;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Management.Roles;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Organizations;

/// <summary>Invitations to an organization (ASVS 6.4.1).</summary>
internal static class InvitationEndpoints
{
    private static readonly ManagementError Missing = ManagementError.NotFound("The invitation does not exist");

    public static void MapInvitations(this RouteGroupBuilder api)
    {
        api.MapGet("/organizations/{id}/invitations", ListAsync).RequireScope("read:organization_invitations");
        api.MapPost("/organizations/{id}/invitations", CreateAsync).RequireScope("create:organization_invitations");
        api.MapGet("/organizations/{id}/invitations/{invitationId}", GetAsync)
            .RequireScope("read:organization_invitations");
        api.MapDelete("/organizations/{id}/invitations/{invitationId}", RevokeAsync)
            .RequireScope("delete:organization_invitations");
    }

    private static async Task<IResult> ListAsync(
        string id,
        HttpContext http,
        Paging paging,
        Fields fields,
        AuthDbContext db,
        OrganizationAccess access,
        CancellationToken ct)
    {
        if (!await access.ExistsAsync(id, ct))
            return OrganizationEndpoints.Missing;
        var waiting = Waiting(db, id).AsNoTracking();
        var ordered = Query.Text(http, "sort") switch
        {
            null or "created_at:1" => waiting.OrderBy(i => i.CreatedAt).ThenBy(i => i.Id),
            "created_at:-1" => waiting.OrderByDescending(i => i.CreatedAt).ThenBy(i => i.Id),
            _ => throw Query.Bad("Expected created_at:1 or created_at:-1 on property sort"),
        };
        return await paging.PageAsync("invitations", ordered, i => fields.Pick(InvitationModel.Write(i)), ct);
    }

    private static async Task<IResult> CreateAsync(
        string id,
        JsonBody body,
        ManagementPrincipal caller,
        PrivilegeEscalationGuard power,
        AuthDbContext db,
        TenantWrites writes,
        InvitationEmails letters,
        Tenant tenant,
        TimeProvider time,
        CancellationToken ct)
    {
        if (body.Missing("inviter", "invitee", "client_id") is { } missing)
            return missing;
        var draft = new InvitationDraft();
        if (InvitationModel.Draft.Apply(body, draft, Change.Create) is { } malformed)
            return malformed;
        if (InvitationModel.Check(draft) is { } unfit)
            return ManagementError.InvalidBody(unfit);

        var now = time.GetUtcNow();
        await using var write = await writes.BeginAsync(ct);
        if (await db.Organizations.AsNoTracking().Include(o => o.Connections).SingleOrDefaultAsync(o => o.Id == id, ct)
            is not { } organization)
            return OrganizationEndpoints.Missing;
        if (await db.Clients.AsNoTracking().SingleOrDefaultAsync(c => c.ClientId == draft.ClientId, ct)
            is not { } client)
            return ClientEndpoints.Missing;
        if (await RefuseAsync(draft, organization, client, db, ct) is { } refused)
            return refused;
        if (await power.RefuseRolesAsync(caller, [.. draft.Roles], ct) is { } refusal)
            return refusal;
        if (InvitationLink.For(client, tenant.Settings, organization) is not { } link)
            return ManagementError.InvalidBody(
                "A default login route is required to generate the invitation url. Set the client's "
                    + "initiate_login_uri, or the tenant's default_redirection_uri.");

        var (ticket, mailed) = (OpaqueToken.Create(), draft.SendEmail ? OpaqueToken.Create() : null);
        var invitation = NewInvitation(id, draft, ticket, mailed, now);
        db.Add(invitation);
        if (mailed is not null)
            db.Add(letters.Write(invitation, organization, client, link.With(mailed), now));
        await write.SaveAsync(ct);

        var json = InvitationModel.Write(invitation);
        link.Show(json, ticket);
        return Results.Json(json, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> GetAsync(
        string id, string invitationId, Fields fields, AuthDbContext db,
        CancellationToken ct) =>
        await Waiting(db, id).AsNoTracking().SingleOrDefaultAsync(i => i.Id == invitationId, ct) is { } invitation
            ? Results.Json(fields.Pick(InvitationModel.Write(invitation)))
            : Missing;

    /// <summary>It is remembered a while, so that its ticket can say what became of it.</summary>
    private static async Task<IResult> RevokeAsync(
        string id,
        string invitationId,
        AuthDbContext db,
        TenantWrites writes,
        TimeProvider time,
        CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var write = await writes.BeginAsync(ct);
        if (await Waiting(db, id)
                .Where(i => i.Id == invitationId)
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.RevokedAt, now), ct) == 0)
            return Missing;
        await write.SaveAsync(ct);
        return Results.NoContent();
    }

    /// <summary>Those that nobody accepted and nobody took back.</summary>
    private static IQueryable<Invitation> Waiting(AuthDbContext db, string id) =>
        db.Invitations.Where(i => i.OrganizationId == id && i.AcceptedAt == null && i.RevokedAt == null);

    /// <summary>What would end at a closed door.</summary>
    private static async Task<ManagementError?> RefuseAsync(
        InvitationDraft draft,
        Organization organization,
        Client client,
        AuthDbContext db,
        CancellationToken ct)
    {
        if (!organization.Admits(client))
            return ManagementError.InvalidBody(
                new ValidationError("The client does not sign users in to this organization", "client_id"));
        if (draft.ConnectionId is { } connection && organization.Enabled(connection) is null)
            return ManagementError.InvalidBody(
                new ValidationError("The connection is not enabled for this organization", "connection_id"));
        return
            draft.Roles.Count > 0 && await db.Roles.CountAsync(r => draft.Roles.Contains(r.Id), ct) != draft.Roles.Count
            ? RoleEndpoints.Missing
            : null;
    }

    private static Invitation NewInvitation(
        string id, InvitationDraft draft, Secret ticket, Secret? mailed,
        DateTimeOffset now) =>
        new()
        {
            Id = "uinv_" + OpaqueToken.Alphanumeric(16),
            OrganizationId = id,
            ClientId = draft.ClientId,
            ConnectionId = draft.ConnectionId,
            TicketHash = ticket.Hash().Bytes,
            MailedTicketHash = mailed?.Hash().Bytes,
            InviterName = draft.InviterName,
            Email = draft.Email,
            Roles = draft.Roles,
            AppMetadata = draft.AppMetadata,
            UserMetadata = draft.UserMetadata,
            CreatedAt = now,
            ExpiresAt = now.AddSeconds(draft.Lifetime),
        };
}
