using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Mail;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Storage.Tickets;
using AuthServer.Web.Mail;
using AuthServer.Web.Management.Tickets;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Jobs;

/// <summary>Auth0's jobs, of which there is one kind: a letter that asks to confirm an address.</summary>
internal static class JobEndpoints
{
    private static readonly ManagementError Missing = ManagementError.NotFound(
        "The job does not exist.", "inexistent_job");

    public static void MapJobs(this RouteGroupBuilder api)
    {
        api.MapPost("/jobs/verification-email", VerifyEmailAsync).RequireScope("update:users");
        api.MapGet("/jobs/{id}", GetAsync).RequireScope("create:users", "read:users");
    }

    private static async Task<IResult> VerifyEmailAsync(
        JsonBody body,
        AuthDbContext db,
        TenantWrites writes,
        IssuedTickets tickets,
        Emails letters,
        IEmailSender post,
        Tenant tenant,
        TimeProvider time,
        CancellationToken ct)
    {
        var asked = new TicketBody();
        if ((body.Missing("user_id") ?? TicketBody.Job.Apply(body, asked, Change.Create)) is { } malformed)
            return malformed;
        if (!post.IsOpen)
            return UserVerification.NoMail;
        if (await db
                .Users.AsNoTracking()
                .Include(u => u.Identities)
                .SingleOrDefaultAsync(u => u.UserId == asked.UserId, ct)
            is not { } user)
            return UserEndpoints.Missing;
        if (asked.RefuseIdentity(user) is { } other)
            return other;
        if (user.Email is null)
            return TicketEndpoints.NoAddress;

        var now = time.GetUtcNow();
        var mailed = letters.VerifyEmail(user, asked.ClientId, EmailTexts.LanguageOf(tenant.Settings), now);
        var job = new EmailJob
        {
            Id = "job_" + OpaqueToken.Alphanumeric(16),
            Type = EmailJob.VerificationEmail,
            LetterId = mailed.EmailMessage.Id,
            CreatedAt = now,
        };
        await using var write = await writes.BeginAsync(ct);
        await tickets.ReplaceAsync(mailed.Ticket, mailed.EmailMessage, ct);
        db.Add(job);
        await write.SaveAsync(ct);
        return Results.Json(Write(job), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> GetAsync(string id, AuthDbContext db, CancellationToken ct) =>
        await db.EmailJobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == id, ct) is { } job
            ? Results.Json(Write(job))
            : Missing;

    private static JsonObject Write(EmailJob job) => new()
    {
        ["type"] = job.Type,
        ["status"] = job.Status,
        ["created_at"] = job.CreatedAt.Iso(),
        ["id"] = job.Id,
    };
}
