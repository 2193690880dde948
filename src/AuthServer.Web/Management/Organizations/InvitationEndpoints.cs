using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Organizations;

internal static class InvitationEndpoints
{
    public static void MapInvitations(this RouteGroupBuilder api)
    {
        const string path = "/organizations/{id}/invitations";
        api.MapGet(path, ListAsync).RequireScope("read:organization_invitations");
        api.MapPost(path, CreateAsync).RequireScope("create:organization_invitations");
        api.MapGet(path + "/{invitationId}", GetAsync).RequireScope("read:organization_invitations");
        api.MapDelete(path + "/{invitationId}", RevokeAsync).RequireScope("delete:organization_invitations");
    }

    private static async Task<IResult> ListAsync(
        string id,
        HttpContext http,
        Paging paging,
        Fields fields,
        InvitationService invitations,
        CancellationToken ct) =>
        TypedResults.Ok(await invitations.ListAsync(id, Query.Text(http, "sort"), paging, fields, ct));

    private static async Task<IResult> CreateAsync(
        string id,
        JsonBody body,
        ManagementPrincipal caller,
        InvitationService invitations,
        CancellationToken ct) =>
        ManagementResults.Created(await invitations.CreateAsync(id, body, caller, ct));

    private static async Task<IResult> GetAsync(
        string id, string invitationId, Fields fields, InvitationService invitations, CancellationToken ct) =>
        TypedResults.Ok(await invitations.GetAsync(id, invitationId, fields, ct));

    private static async Task<IResult> RevokeAsync(
        string id, string invitationId, InvitationService invitations, CancellationToken ct)
    {
        await invitations.RevokeAsync(id, invitationId, ct);
        return TypedResults.NoContent();
    }
}
