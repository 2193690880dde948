using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Logs;

internal static class LogEndpoints
{
    private static readonly string[] Readers = ["read:logs", "read:logs_users"];

    public static void MapLogs(this RouteGroupBuilder api)
    {
        api.MapGet("/logs", ListAsync).RequireScope(Readers);
        api.MapGet("/logs/{id}", GetAsync).RequireScope(Readers);
        api.MapGet("/users/{id}/logs", OfUserAsync).RequireScope(Readers);
    }

    /// <summary>From a checkpoint, the way on is a <c>Link</c> header, as Auth0 has it.</summary>
    private static async Task<IResult> ListAsync(
        HttpContext http, LogFilter filter, Paging paging, Fields fields, LogService logs, CancellationToken ct)
    {
        if (!paging.ByCheckpoint)
            return TypedResults.Ok(await logs.ListAsync(filter, paging, fields, ct));
        var (events, next) = await logs.AfterAsync(paging, fields, ct);
        if (next is not null)
            http.Response.Headers.Link = $"<{next}>; rel=\"next\"";
        return TypedResults.Ok(events);
    }

    private static async Task<IResult> GetAsync(string id, LogService logs, CancellationToken ct) =>
        TypedResults.Ok(await logs.GetAsync(id, ct));

    private static async Task<IResult> OfUserAsync(
        string id, LogFilter filter, Paging paging, LogService logs, CancellationToken ct) =>
        TypedResults.Ok(await logs.OfUserAsync(PathIds.Unslashed(id), filter.Sort, paging, ct));
}
