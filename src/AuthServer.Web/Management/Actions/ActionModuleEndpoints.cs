using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Actions;

/// <summary><c>/api/v2/actions/modules</c>.</summary>
internal static class ActionModuleEndpoints
{
    public static void MapActionModules(this RouteGroupBuilder api)
    {
        const string modules = "/actions/modules";
        const string module = modules + "/{id}";
        const string versions = module + "/versions";
        api.MapGet(modules, ListAsync).RequireScope("read:actions");
        api.MapPost(modules, CreateAsync).RequireScope("create:actions");
        api.MapGet(module, GetAsync).RequireScope("read:actions");
        api.MapPatch(module, UpdateAsync).RequireScope("update:actions");
        api.MapDelete(module, DeleteAsync).RequireScope("delete:actions");
        api.MapGet(module + "/actions", ListActionsAsync).RequireScope("read:actions");
        api.MapPost(module + "/rollback", RollBackAsync).RequireScope("update:actions");
        api.MapGet(versions, ListVersionsAsync).RequireScope("read:actions");
        api.MapPost(versions, PublishAsync).RequireScope("create:actions");
        api.MapGet(versions + "/{versionId}", GetVersionAsync).RequireScope("read:actions");
    }

    private static async Task<IResult> ListAsync(
        ActionPaging paging, ActionModuleService modules, CancellationToken ct) =>
        TypedResults.Ok(await modules.ListAsync(paging, ct));

    private static async Task<IResult> CreateAsync(JsonBody body, ActionModuleService modules, CancellationToken ct) =>
        ManagementResults.Created(await modules.CreateAsync(body, ct));

    private static async Task<IResult> GetAsync(string id, ActionModuleService modules, CancellationToken ct) =>
        TypedResults.Ok(await modules.GetAsync(id, ct));

    private static async Task<IResult> UpdateAsync(
        string id, JsonBody body, ActionModuleService modules, CancellationToken ct) =>
        TypedResults.Ok(await modules.UpdateAsync(id, body, ct));

    private static async Task<IResult> DeleteAsync(string id, ActionModuleService modules, CancellationToken ct)
    {
        await modules.DeleteAsync(id, ct);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ListActionsAsync(
        string id, ActionPaging paging, ActionModuleService modules, CancellationToken ct) =>
        TypedResults.Ok(await modules.ListActionsAsync(id, paging, ct));

    private static async Task<IResult> RollBackAsync(
        string id, JsonBody body, ActionModuleService modules, CancellationToken ct) =>
        TypedResults.Ok(await modules.RollBackAsync(id, body, ct));

    private static async Task<IResult> ListVersionsAsync(
        string id, ActionPaging paging, ActionModulePublication versions, CancellationToken ct) =>
        TypedResults.Ok(await versions.ListAsync(id, paging, ct));

    private static async Task<IResult> PublishAsync(
        string id, ActionModulePublication versions, CancellationToken ct) =>
        TypedResults.Ok(await versions.PublishAsync(id, ct));

    private static async Task<IResult> GetVersionAsync(
        string id, string versionId, ActionModulePublication versions, CancellationToken ct) =>
        TypedResults.Ok(await versions.GetAsync(id, versionId, ct));
}
