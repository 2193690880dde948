using System.Net.Mime;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Jobs;

internal static class JobEndpoints
{
    public static void MapJobs(this RouteGroupBuilder api)
    {
        api.MapPost("/jobs/verification-email", VerifyEmailAsync).RequireScope("update:users");
        api.MapPost("/jobs/users-imports", ImportAsync).RequireScope("create:users").DisableAntiforgery();
        api.MapPost("/jobs/users-exports", ExportAsync).RequireScope("read:users");
        api.MapGet("/jobs/{id}", GetAsync).RequireScope("create:users", "read:users");
        api.MapGet("/jobs/{id}/errors", ErrorsAsync).RequireScope("create:users", "read:users");
    }

    /// <summary>Its link has the right to it.</summary>
    public static void MapUserDownloads(this IEndpointRouteBuilder routes) =>
        routes.MapGet(UserDownloads.Path, DownloadAsync);

    private static async Task<IResult> VerifyEmailAsync(JsonBody body, JobService jobs, CancellationToken ct) =>
        ManagementResults.Created(await jobs.VerifyEmailAsync(body, ct));

    private static async Task<IResult> ImportAsync(
        ImportForm form, UserJobService jobs, ManagementPrincipal caller, CancellationToken ct) =>
        TypedResults.Json(await jobs.ImportAsync(form, caller, ct), statusCode: StatusCodes.Status202Accepted);

    private static async Task<IResult> ExportAsync(
        JsonBody body, UserJobService jobs, ManagementPrincipal caller, CancellationToken ct) =>
        TypedResults.Ok(await jobs.ExportAsync(ExportBody.Of(body), caller, ct));

    private static async Task<IResult> GetAsync(
        string id, JobService jobs, UserJobService users, ManagementPrincipal caller, CancellationToken ct) =>
        TypedResults.Ok(await users.FindJobAsync(id, caller, ct) ?? await jobs.GetAsync(id, ct));

    /// <summary>204 when there are none.</summary>
    private static async Task<IResult> ErrorsAsync(string id, UserJobService jobs, CancellationToken ct) =>
        await jobs.ErrorsAsync(id, ct) is { Count: > 0 } errors ? TypedResults.Ok(errors) : TypedResults.NoContent();

    private static async Task<IResult> DownloadAsync(
        string? key, UserDownloads downloads, TimeProvider time, HttpResponse response, CancellationToken ct)
    {
        if (await downloads.FindAsync(key, time.GetUtcNow(), ct) is not { } download)
            return TypedResults.NotFound();
        response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(
            to => downloads.WriteAsync(download, to, ct),
            MediaTypeNames.Application.GZip,
            $"users.{download.Body.Format}.gz");
    }
}
