using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Web.Mail;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Management.Roles;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Organizations;

/// <summary>Invitations to an organization (ASVS 6.4.1).</summary>
internal sealed class InvitationService(
    AuthDbContext db,
    TenantWrites writes,
    PrivilegeEscalationGuard guard,
    InvitationEmails emails,
    Tenant tenant,
    TimeProvider time)
{
    private static ManagementException Missing =>
        ManagementError.NotFound("The invitation does not exist").AsException();

    /// <param name="id">The organization.</param>
    /// <param name="sort"><c>created_at:1</c>, which is the default, or <c>created_at:-1</c>.</param>
    /// <param name="paging">The part of the list.</param>
    /// <param name="fields">The members.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task<JsonNode> ListAsync(
        string id, string? sort, Paging paging, Fields fields, CancellationToken ct)
    {
        await db.EnsureOrganizationAsync(id, ct);
        var pending = Pending(id).AsNoTracking();
        var ordered = sort switch
        {
            null or "created_at:1" => pending.OrderBy(i => i.CreatedAt).ThenBy(i => i.Id),
            "created_at:-1" => pending.OrderByDescending(i => i.CreatedAt).ThenBy(i => i.Id),
            _ => throw Query.Bad("Expected created_at:1 or created_at:-1 on property sort"),
        };
        return await paging.PageAsync("invitations", ordered, i => fields.Pick(InvitationModel.Write(i)), ct);
    }

    /// <returns>The invitation, with its link.</returns>
    public async Task<JsonObject> CreateAsync(
        string id, JsonBody body, ManagementPrincipal caller, CancellationToken ct)
    {
        body.Require("inviter", "invitee", "client_id");
        var draft = new InvitationDraft();
        InvitationModel.Draft.Apply(body, draft, Change.Create);
        ManagementException.ThrowIfInvalid(InvitationModel.Check(draft));

        var now = time.GetUtcNow();
        await using var write = await writes.BeginAsync(ct);
        var organization = await db.Organizations.AsNoTracking().Include(o => o.Connections)
            .SingleOrDefaultAsync(o => o.Id == id, ct) ?? throw OrganizationService.Missing;
        var client = await db.Clients.AsNoTracking().SingleOrDefaultAsync(c => c.ClientId == draft.ClientId, ct)
            ?? throw ClientService.Missing;
        EnsureAcceptable(draft, organization, client);
        await db.EnsureRolesAsync(draft.Roles, ct);
        await guard.EnsureHasRolesAsync(caller, draft.Roles, ct);
        var link = InvitationLink.For(client, tenant.Settings, organization) ?? throw ManagementError.BadRequest(
            "A default login route is required to generate the invitation url. Set the client's initiate_login_uri, "
            + "or the tenant's default_redirection_uri.",
            "invalid_body").AsException();

        var (ticket, mailed) = (OpaqueToken.Create(), draft.SendEmail ? OpaqueToken.Create() : null);
        var invitation = NewInvitation(id, draft, ticket, mailed, now);
        db.Add(invitation);
        if (mailed is not null)
            db.Add(emails.Write(invitation, organization, client, link.With(mailed), now));
        await write.SaveAsync(ct);

        var json = InvitationModel.Write(invitation);
        link.Show(json, ticket);
        return json;
    }

    public async Task<JsonObject> GetAsync(string id, string invitationId, Fields fields, CancellationToken ct)
    {
        var invitation = await Pending(id).AsNoTracking().SingleOrDefaultAsync(i => i.Id == invitationId, ct)
            ?? throw Missing;
        return fields.Pick(InvitationModel.Write(invitation));
    }

    /// <summary>The row stays for a while, so that a page can say that the invitation was revoked.</summary>
    public async Task RevokeAsync(string id, string invitationId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var write = await writes.BeginAsync(ct);
        var revoked = await Pending(id).Where(i => i.Id == invitationId)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.RevokedAt, now), ct);
        if (revoked == 0)
            throw Missing;
        await write.SaveAsync(ct);
    }

    /// <summary>Those that are neither accepted nor revoked.</summary>
    private IQueryable<Invitation> Pending(string id) =>
        db.Invitations.Where(i => i.OrganizationId == id && i.AcceptedAt == null && i.RevokedAt == null);

    /// <summary>An invitation that could not be accepted is not sent.</summary>
    private static void EnsureAcceptable(InvitationDraft draft, Organization organization, Client client)
    {
        if (!organization.Admits(client))
        {
            throw ManagementException.Invalid(
                "The client does not sign users in to this organization", "client_id");
        }

        if (draft.ConnectionId is { } connection && organization.Enabled(connection) is null)
        {
            throw ManagementException.Invalid(
                "The connection is not enabled for this organization", "connection_id");
        }
    }

    private static Invitation NewInvitation(
        string id, InvitationDraft draft, Secret ticket, Secret? mailed, DateTimeOffset now) =>
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
