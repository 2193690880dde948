using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Sessions;

internal static class SessionEndpoints
{
    public static void MapSessions(this RouteGroupBuilder api)
    {
        api.MapGet("/sessions/{id}", GetAsync).RequireScope("read:sessions");
        api.MapDelete("/sessions/{id}", DeleteAsync).RequireScope("delete:sessions");
        api.MapPost("/sessions/{id}/revoke", RevokeAsync).RequireScope("delete:sessions");
    }

    private static async Task<IResult> GetAsync(string id, SessionService sessions, CancellationToken ct) =>
        TypedResults.Ok(await sessions.GetAsync(id, ct));

    private static async Task<IResult> DeleteAsync(string id, SessionService sessions, CancellationToken ct)
    {
        await sessions.DeleteAsync(id, ct);
        return ManagementResults.Accepted();
    }

    private static async Task<IResult> RevokeAsync(string id, SessionService sessions, CancellationToken ct)
    {
        await sessions.RevokeAsync(id, ct);
        return ManagementResults.Accepted();
    }
}
