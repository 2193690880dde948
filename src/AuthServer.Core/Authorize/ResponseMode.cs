namespace AuthServer.Core.Authorize;

/// <summary>How the answer travels to the client: OAuth 2.0 Multiple Response Type Encoding Practices, Form Post Response Mode, and Auth0's message to a window.</summary>
public enum ResponseMode
{
    Query,
    Fragment,
    FormPost,
    WebMessage,
}

/// <summary>Which of them an answer takes; for the errors of a request as for its success.</summary>
public static class ResponseModes
{
    public static ResponseMode Of(AuthorizeContext context)
    {
        var words = context.Parameters["response_type"]?.Split(' ') ?? [];
        var forFragment = Array.Exists(words, word => word is "token" or "id_token");
        return context.Parameters["response_mode"] switch
        {
            "form_post" => ResponseMode.FormPost,
            "fragment" => ResponseMode.Fragment,
            "web_message" when context.RedirectOrigin is not null => ResponseMode.WebMessage,
            _ => forFragment ? ResponseMode.Fragment : ResponseMode.Query,
        };
    }
}
