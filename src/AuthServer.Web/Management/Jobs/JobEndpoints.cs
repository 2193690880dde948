using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Jobs;

internal static class JobEndpoints
{
    public static void MapJobs(this RouteGroupBuilder api)
    {
        api.MapPost("/jobs/verification-email", VerifyEmailAsync).RequireScope("update:users");
        api.MapGet("/jobs/{id}", GetAsync).RequireScope("create:users", "read:users");
    }

    private static async Task<IResult> VerifyEmailAsync(JsonBody body, JobService jobs, CancellationToken ct) =>
        ManagementResults.Created(await jobs.VerifyEmailAsync(body, ct));

    private static async Task<IResult> GetAsync(string id, JobService jobs, CancellationToken ct) =>
        TypedResults.Ok(await jobs.GetAsync(id, ct));
}
