using System.Text.Json.Nodes;
using AuthServer.Core.Actions;
using AuthServer.Core.Users;

namespace AuthServer.Web.Formats;

/// <summary>The shape of errors at <c>/dbconnections</c>: <c>{ name, code, description, statusCode }</c>.</summary>
public sealed record LegacyError(
    string Code,
    string Description,
    int Status = StatusCodes.Status400BadRequest,
    string Name = "BadRequestError") : IResult
{
    /// <summary>Password rules, beside the error of a password that breaks them.</summary>
    public string? Policy { get; init; }

    /// <summary>Words for the user, beside the error of an Action that refused; null for any other error.</summary>
    public string? FriendlyMessage { get; init; }

    public static LegacyError OfPassword(PasswordError error) =>
        new("invalid_password", error.Message, Name: "PasswordStrengthError")
        {
            Policy = PasswordPolicyText.Describe(error.Policy),
        };

    public static LegacyError TooMany(string description) =>
        new("too_many_requests", description, StatusCodes.Status429TooManyRequests, "TooManyRequestsError");

    public static LegacyError OfAction(RegistrationRefusal refusal) =>
        new(RegistrationRefusal.Code, refusal.Reason, Name: "InternalExtensibilityError")
        {
            FriendlyMessage = refusal.UserMessage ?? "",
        };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var body = new JsonObject
        {
            ["name"] = Name,
            ["code"] = Code,
            ["description"] = Description,
            ["statusCode"] = Status,
        };
        if (Policy is not null)
            body["policy"] = Policy;
        if (FriendlyMessage is not null)
            (body["message"], body["friendly_message"], body["fromSandbox"]) = (Description, FriendlyMessage, true);
        httpContext.Response.StatusCode = Status;
        return httpContext.Response.WriteAsJsonAsync(body);
    }
}
