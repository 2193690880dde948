using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Storage.Tickets;
using AuthServer.Web.Formats;
using AuthServer.Web.Mail;
using AuthServer.Web.Management.Tickets;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Jobs;

/// <summary>Jobs that send an email which asks to confirm an address.</summary>
internal sealed class JobService(
    AuthDbContext db,
    TenantWrites writes,
    IssuedTickets tickets,
    Emails emails,
    IEmailSender sender,
    Tenant tenant,
    TimeProvider time)
{
    public static ManagementException Missing =>
        ManagementError.NotFound("The job does not exist.", "inexistent_job").AsException();

    public async Task<JsonObject> VerifyEmailAsync(JsonBody body, CancellationToken ct)
    {
        body.Require("user_id");
        var asked = new TicketBody();
        TicketBody.Job.Apply(body, asked, Change.Create);
        if (!sender.IsOpen)
            throw UserVerification.NoMail;
        var user = await db.Users.AsNoTracking().Include(u => u.Identities)
            .SingleOrDefaultAsync(u => u.UserId == asked.UserId, ct) ?? throw UserService.Missing;
        asked.EnsureIdentityOf(user);
        if (user.Email is null)
            throw TicketService.NoAddress;

        var now = time.GetUtcNow();
        var mailed = emails.VerifyEmail(user, asked.ClientId, EmailTexts.LanguageOf(tenant.Settings), now);
        var job = new EmailJob
        {
            Id = "job_" + OpaqueToken.Alphanumeric(16),
            Type = EmailJob.VerificationEmail,
            EmailId = mailed.Email.Id,
            CreatedAt = now,
        };
        await using var write = await writes.BeginAsync(ct);
        await tickets.ReplaceAsync(mailed.Ticket, mailed.Email, ct);
        db.Add(job);
        await write.SaveAsync(ct);
        return Write(job);
    }

    public async Task<JsonObject> GetAsync(string id, CancellationToken ct) =>
        Write(await db.EmailJobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == id, ct) ?? throw Missing);

    private static JsonObject Write(EmailJob job) => new()
    {
        ["type"] = job.Type,
        ["status"] = job.Status,
        ["created_at"] = job.CreatedAt.Iso(),
        ["id"] = job.Id,
    };
}
