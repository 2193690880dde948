using System.Text.Json;
using AuthServer.Core;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Actions;

/// <summary>Deployments of Actions, and the versions that they make.</summary>
internal static class ActionVersionEndpoints
{
    public static void MapActionVersions(this RouteGroupBuilder api)
    {
        const string versions = "/actions/actions/{actionId}/versions";
        api.MapPost("/actions/actions/{id}/deploy", DeployAsync).RequireScope("update:actions");
        api.MapGet(versions, ListAsync).RequireScope("read:actions");
        api.MapGet(versions + "/{id}", GetAsync).RequireScope("read:actions");
        api.MapPost(versions + "/{id}/deploy", DeployAgainAsync).RequireScope("update:actions");
    }

    private static async Task<IResult> DeployAsync(string id, ActionVersionService versions, CancellationToken ct) =>
        TypedResults.Ok(await versions.DeployAsync(id, ct));

    private static async Task<IResult> ListAsync(
        string actionId, ActionPaging paging, ActionVersionService versions, CancellationToken ct) =>
        TypedResults.Ok(await versions.ListAsync(actionId, paging, ct));

    private static async Task<IResult> GetAsync(
        string actionId, string id, ActionVersionService versions, CancellationToken ct) =>
        TypedResults.Ok(await versions.GetAsync(actionId, id, ct));

    private static async Task<IResult> DeployAgainAsync(
        string actionId, string id, HttpContext http, ActionVersionService versions, CancellationToken ct) =>
        TypedResults.Json(
            await versions.DeployAgainAsync(actionId, id, await ReadAsync(http, ct), ct),
            statusCode: StatusCodes.Status202Accepted);

    /// <summary>The body may be missing, or JSON's null.</summary>
    private static async Task<JsonBody> ReadAsync(HttpContext http, CancellationToken ct)
    {
        using var reader = new StreamReader(http.Request.Body);
        var text = (await reader.ReadToEndAsync(ct)).Trim();
        if (text is "" or "null")
            return JsonBody.Empty;
        return JsonText.Read(text) is { ValueKind: JsonValueKind.Object } root
            ? new JsonBody(root)
            : throw ManagementException.Invalid("Expected a JSON object");
    }
}
