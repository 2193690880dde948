using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Actions;

/// <summary><c>/api/v2/actions/triggers</c>.</summary>
internal static class ActionTriggerEndpoints
{
    public static void MapActionTriggers(this RouteGroupBuilder api)
    {
        api.MapGet("/actions/triggers", List).RequireScope("read:actions");
        api.MapGet("/actions/triggers/{triggerId}/bindings", ListBindingsAsync).RequireScope("read:actions");
        api.MapPatch("/actions/triggers/{triggerId}/bindings", BindAsync).RequireScope("update:actions");
    }

    private static IResult List() => TypedResults.Ok(ActionBindingService.ListTriggers());

    private static async Task<IResult> ListBindingsAsync(
        string triggerId, ActionPaging paging, ActionBindingService bindings, CancellationToken ct) =>
        TypedResults.Ok(await bindings.ListAsync(triggerId, paging, ct));

    private static async Task<IResult> BindAsync(
        string triggerId, JsonBody body, ActionBindingService bindings, CancellationToken ct) =>
        TypedResults.Ok(await bindings.ReplaceAsync(triggerId, body, ct));
}
