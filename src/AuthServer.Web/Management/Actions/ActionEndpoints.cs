using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Actions;

/// <summary><c>/api/v2/actions/actions</c>.</summary>
internal static class ActionEndpoints
{
    public static void MapActions(this RouteGroupBuilder api)
    {
        api.MapGet("/actions/actions", ListAsync).RequireScope("read:actions");
        api.MapPost("/actions/actions", CreateAsync).RequireScope("create:actions");
        api.MapGet("/actions/actions/{id}", GetAsync).RequireScope("read:actions");
        api.MapPatch("/actions/actions/{id}", UpdateAsync).RequireScope("update:actions");
        api.MapDelete("/actions/actions/{id}", DeleteAsync).RequireScope("delete:actions");
        api.MapPost("/actions/actions/{id}/test", TestAsync).RequireScope("create:actions");
        api.MapGet("/actions/executions/{id}", GetExecutionAsync).RequireScope("read:actions");
    }

    private static async Task<IResult> ListAsync(
        ActionFilter filter, ActionPaging paging, ActionService actions, CancellationToken ct) =>
        TypedResults.Ok(await actions.ListAsync(filter, paging, ct));

    private static async Task<IResult> CreateAsync(JsonBody body, ActionService actions, CancellationToken ct) =>
        ManagementResults.Created(await actions.CreateAsync(body, ct));

    private static async Task<IResult> GetAsync(string id, ActionService actions, CancellationToken ct) =>
        TypedResults.Ok(await actions.GetAsync(id, ct));

    private static async Task<IResult> UpdateAsync(
        string id, JsonBody body, ActionService actions, CancellationToken ct) =>
        TypedResults.Ok(await actions.UpdateAsync(id, body, ct));

    private static async Task<IResult> DeleteAsync(
        string id, HttpContext http, ActionService actions, CancellationToken ct)
    {
        await actions.DeleteAsync(id, isForced: Query.Flag(http, "force") ?? false, ct);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> TestAsync(
        string id, JsonBody body, ActionTestService tests, CancellationToken ct) =>
        TypedResults.Ok(await tests.TestAsync(id, body, ct));

    private static async Task<IResult> GetExecutionAsync(string id, ActionService actions, CancellationToken ct) =>
        TypedResults.Ok(await actions.GetExecutionAsync(id, ct));
}
